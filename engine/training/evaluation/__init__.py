"""How good a detector is: COCO's numbers, curves, confusion, calibration, losses by gate."""
