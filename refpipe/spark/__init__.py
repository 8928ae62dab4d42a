"""Duplicates out of more records than one machine holds: the rules of ``match`` on Apache Spark.

Nothing here judges.  Spark reads the records, brings the pairs together that ``match`` names,
asks ``match`` about each, joins what it holds for one work, and has it look at each whole.
"""
