"""What a person says of a model's detections: accepted, rejected, changed, drawn beside them."""
