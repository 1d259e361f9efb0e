#!/usr/bin/env python3
"""Writes an HDF5 file by Caffe's HDF5Output layer.

    hdf5_output.py DATA.npy LABEL.npy OUT.h5

The file holds the two arrays as "data" and "label", with four axes each. Exit status as for forward.py.
"""
import sys
import tempfile

import numpy

import oracle

DEFINITION = """
layer {{ name: "in" type: "Input" top: "data" top: "label" input_param {{ {shapes} }} }}
layer {{ name: "out" type: "HDF5Output" bottom: "data" bottom: "label" hdf5_output_param {{ file_name: "{path}" }} }}
"""


def main():
    caffe = oracle.import_pycaffe()
    arrays = [numpy.load(path) for path in sys.argv[1:3]]
    shapes = " ".join("shape { %s }" % " ".join("dim: %d" % length for length in array.shape) for array in arrays)
    with tempfile.NamedTemporaryFile("w", suffix=".prototxt") as file:
        file.write(DEFINITION.format(shapes=shapes, path=sys.argv[3]))
        file.flush()
        net = caffe.Net(file.name, caffe.TEST)
    for name, array in zip(("data", "label"), arrays):
        net.blobs[name].data[...] = array
    net.forward()


if __name__ == "__main__":
    oracle.run(main)
