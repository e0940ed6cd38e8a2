"""Proposes links between records; pure: items in, links with evidence out, no database and no files of the user.

Three different jobs, kept apart: ``same_work`` (are these two records the same piece of work?), ``answers`` (does this
project answer this need?) and ``alignment`` (which strategy does this project serve?). What all three share:
``scores`` (a scored pair), ``clusters`` (records joined by links) and ``evaluate`` (precision, recall, ranking).
"""
