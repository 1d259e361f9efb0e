#!/usr/bin/env python3
"""Runs a net of pycaffe's over more rows than its batch and writes what comes out.

    batches.py NET WEIGHTS IN.npz OUT.npz

IN.npz holds an array for each input and each output, whose arrays are the diffs to start from. OUT.npz holds
forward_all/BLOB; blobs/BLOB and diffs/BLOB of forward_backward_all; and param_diff/LAYER/INDEX after it. The blob 'sum'
is asked for besides inputs and outputs.
"""
import sys

import numpy

import forward
import oracle


def main():
    prototxt, weights, inputs, output = sys.argv[1:]
    caffe = oracle.import_pycaffe()
    net = caffe.Net(prototxt, weights, caffe.TEST)
    arrays = dict(numpy.load(inputs))
    data = {name: arrays[name] for name in net.inputs}
    results = {"forward_all/" + name: rows for name, rows in net.forward_all(blobs=["sum"], **data).items()}
    blobs, diffs = net.forward_backward_all(blobs=["sum"], diffs=["sum"], **arrays)
    results.update(("blobs/" + name, rows) for name, rows in blobs.items())
    results.update(("diffs/" + name, rows) for name, rows in diffs.items())
    results.update((name, array) for name, array in forward.collect(net, "diff").items() if name.startswith("param_"))
    forward.write_arrays(output, results)


if __name__ == "__main__":
    oracle.run(main)
