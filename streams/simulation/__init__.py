"""A played election day: made from a plan and a seed, told by a story, sent by a player.

    plan + seed ──► day: an ordinary morning, noise and all ──┐
    story.yaml ───► story: incidents, and what must come ─────┴─► played messages ─► file, or player

`day` makes what nobody needs to be called for: an ordinary morning raises no alert. `story` reads a
written story and puts its incidents into such a morning. `verdict` holds the lines that were told
against what the story expects. `player` sends the day into Kafka by its own clock, `played` writes
it as the file that `siaga replay` reads.

The same plan, story and seed give the same bytes, on every machine.
"""
