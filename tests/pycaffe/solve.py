#!/usr/bin/env python3
"""Runs a solver in pycaffe and writes what became of its net.

    solve.py --solver SOLVER --out OUT.npz [--input BLOB=FILE.npy ...] [--restore STATE]
             [--steps N | --solve] [--snapshot]

Paths in the solver are seen from its folder, the others are absolute. The input blobs of the net, and of every test
net, hold their array in all iterations. The solver is restored from a solverstate where one is given, then runs N
iterations one by one, or all of them up to max_iter.

OUT.npz holds float32 arrays:

    loss                   the blob "loss" after each of the N iterations      (with --steps)
    param/LAYER/INDEX      every parameter of the trained net
    iteration              the solver's iteration, one number

Caffe's log goes to standard error where GLOG_minloglevel is 0. Exit status as for forward.py.
"""
import argparse
import os

import numpy

import forward
import oracle


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--solver", required=True, type=forward.existing_file)
    parser.add_argument("--out", required=True, metavar="OUT.npz")
    parser.add_argument("--input", action="append", default=[], type=forward.named_array, metavar="BLOB=FILE.npy")
    parser.add_argument("--restore", type=forward.existing_file, metavar="STATE")
    parser.add_argument("--steps", type=int, default=0, metavar="N")
    parser.add_argument("--solve", action="store_true")
    parser.add_argument("--snapshot", action="store_true")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    caffe = oracle.import_pycaffe()
    # Caffe sees the paths in a solver from the current folder.
    os.chdir(os.path.dirname(os.path.abspath(arguments.solver)))
    solver = caffe.get_solver(arguments.solver)
    for net in [solver.net] + list(solver.test_nets):
        for name, array in arguments.input:
            forward.blob_named(net, name).data[...] = array
    if arguments.restore:
        solver.restore(arguments.restore)
    losses = []
    for _ in range(arguments.steps):
        solver.step(1)
        losses.append(float(solver.net.blobs["loss"].data))
    if arguments.solve:
        solver.solve()
    if arguments.snapshot:
        solver.snapshot()
    arrays = forward.collect(solver.net, "data")
    arrays = {name: array for name, array in arrays.items() if name.startswith("param/")}
    arrays["loss"] = numpy.array(losses, numpy.float32)
    arrays["iteration"] = numpy.array([solver.iter], numpy.float32)
    forward.write_arrays(arguments.out, arrays)


if __name__ == "__main__":
    oracle.run(main)
