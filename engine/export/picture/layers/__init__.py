"""What an annotated picture can show: a file a layer, and one record each in `registry`."""
