"""A WordPress site, asked over its REST interface: who we are, what there is, what was written.

Measured on WordPress 6.1 to 7.1.  The interface has no conditional update, answers wrong
credentials on public routes with public data, and leaves out silently what a user may not see;
each is met here by comparing, and what could not be compared is said.
"""
