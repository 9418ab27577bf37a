"""What is wrong with the data of a training, before its first step; what they hold."""
