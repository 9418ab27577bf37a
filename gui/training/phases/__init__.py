"""The alternating schedule, seen: four lanes, what is fixed, the proof, the proposals."""
