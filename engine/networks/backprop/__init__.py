"""Backpropagation through a multilayer perceptron, by the formulas of the lecture."""
