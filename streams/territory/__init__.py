"""Where and who: zones, the plan of an election, its folder's text, names of places.

Text comes in, values go out. `parse` makes a `Plan` of the texts of an election folder and names
every fault in them; `gazetteer` finds the place that a report means, or says that it is not sure.
"""
