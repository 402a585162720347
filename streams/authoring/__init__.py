"""What rule authors work with: tests in rules, their coverage, mutation, and looking back.

    rule + its tests ──► a little election ──► the same judgment as everywhere ──► held, or not

Nothing here judges: a test is an events file of a made-up election, taken in and judged exactly as
a recorded day is.
"""
