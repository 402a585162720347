"""What a person asks of the state of a day: where the boxes are, what is open, what is due.

A view is a pure function of the state of a partition, of what is asked (`Asked`) and sometimes of
the day's `Chronicle`. It gives frozen records with codes, moments and pairs of texts; how they are
written down is for the reports and the control room. What is restricted is in a view only where
the role that asks may see it.
"""
