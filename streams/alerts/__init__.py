"""The alert book: what becomes of a judgment until somebody has acted on it.

`lifecycle` is the table of an alert's life (contract §5), `ladder` who is told and when,
`authority` who may order what, `book` puts the three to work on one alert. All of it is pure:
an alert goes in, an alert and its lines come out.
"""
