#!/usr/bin/env python3
"""Prints which pycaffe this Python has, one `name value` pair a line: caffe, layers (how many types), numpy, python."""
import platform

import numpy

import oracle


def main():
    caffe = oracle.import_pycaffe()
    print("caffe", caffe.__version__)
    print("layers", len(caffe.layer_type_list()))
    print("numpy", numpy.__version__)
    print("python", platform.python_version())


if __name__ == "__main__":
    oracle.run(main)
