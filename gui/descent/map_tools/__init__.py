"""The tools of the map: what a press and a drag over it do."""
