#!/usr/bin/env python3
"""Trains a net in pycaffe from recorded batches.

    train.py FOLDER

FOLDER has solver.prototxt, the batches that mtcnn.py reads, and seeds.txt: a line for each iteration, which seeds Caffe's random
numbers before it. Each line of standard input is a number of iterations to continue; answered by a line of JSON with the losses
of each iteration, by the net's outputs, and the seconds. The threads are OPENBLAS_NUM_THREADS'.
"""
import json
import os
import sys
import time

import oracle


def main():
    caffe = oracle.import_pycaffe()
    folder = os.path.abspath(sys.argv[1])
    os.environ["MTCNN_TRAINING_BATCHES"] = folder
    with open(os.path.join(folder, "seeds.txt")) as lines:
        seeds = [int(line) for line in lines]
    solver = caffe.get_solver(os.path.join(folder, "solver.prototxt"))
    outputs = list(solver.net.outputs)
    for line in sys.stdin:
        losses = {name: [] for name in outputs}
        start = time.perf_counter()
        for _ in range(int(line)):
            caffe.set_random_seed(seeds[solver.iter])
            solver.step(1)
            for name in outputs:
                losses[name].append(float(solver.net.blobs[name].data.flat[0]))
        print(json.dumps({"losses": losses, "seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    oracle.run(main)
