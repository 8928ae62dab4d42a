"""What was retracted, of concern, corrected or reinstated, known on this machine.

The Retraction Watch data, which Crossref publishes as one file, are read once into a small index
in the user's cache; whoever is cited is looked up there, and nothing of it leaves the machine.
"""
