"""The layers that our own training definitions name (module mtcnn, prototxt/train*.prototxt), for the oracle.

Batch hands out recorded batches, one after the other, from the folder that the environment variable MTCNN_TRAINING_BATCHES
names: data.u8 (pixels, raw bytes), label.npy, offsets.npy and points.npy, whose first axis is the iteration. pycaffe's lists of
blobs give them by index alone; walking through them fails.
"""
import os

import caffe
import numpy


class Batch(caffe.Layer):
    def setup(self, bottom, top):
        folder = os.environ["MTCNN_TRAINING_BATCHES"]
        self.targets = [numpy.load(os.path.join(folder, name + ".npy")) for name in ("label", "offsets", "points")]
        pixels = numpy.memmap(os.path.join(folder, "data.u8"), numpy.uint8, "r")
        iterations, rows = self.targets[0].shape[:2]
        side = int(round((pixels.size / (iterations * rows * 3)) ** 0.5))
        self.pixels = pixels.reshape(iterations, rows, 3, side, side)
        self.iteration = 0

    def reshape(self, bottom, top):
        top[0].reshape(*self.pixels.shape[1:])
        for index, array in enumerate(self.targets):
            top[index + 1].reshape(*array.shape[1:])

    def forward(self, bottom, top):
        top[0].data[...] = (self.pixels[self.iteration].astype(numpy.float32) - 127.5) / 128
        for index, array in enumerate(self.targets):
            top[index + 1].data[...] = array[self.iteration]
        self.iteration += 1

    def backward(self, top, propagate_down, bottom):
        pass


class HardestRows(caffe.Layer):
    """The labels of the rows with the highest loss; -1 for the others."""

    def setup(self, bottom, top):
        self.share = float(self.param_str)

    def reshape(self, bottom, top):
        top[0].reshape(*bottom[1].data.shape)

    def forward(self, bottom, top):
        labels = bottom[1].data.reshape(-1)
        rows = numpy.flatnonzero(labels != -1)
        scores = bottom[0].data.reshape(len(labels), -1)[rows]
        highest = scores.max(axis=1)
        losses = (
            numpy.log(numpy.exp(scores - highest[:, None]).sum(axis=1))
            + highest
            - scores[numpy.arange(len(rows)), labels[rows].astype(int)]
        )
        kept = rows[numpy.argsort(-losses, kind="stable")[: int(numpy.ceil(len(rows) * self.share))]]
        top[0].data[...] = -1
        top[0].data.reshape(-1)[kept] = labels[kept]

    def backward(self, top, propagate_down, bottom):
        if propagate_down[0]:
            bottom[0].diff[...] = 0


class Distance(caffe.Layer):
    """Half the mean squared distance of the rows with a target; 0 without gradient where there is none."""

    def setup(self, bottom, top):
        pass

    def reshape(self, bottom, top):
        top[0].reshape(1)

    def forward(self, bottom, top):
        truth = bottom[1].data.reshape(bottom[1].num, -1)
        self.rows = numpy.flatnonzero(truth[:, 0] != -1)
        self.distance = bottom[0].data.reshape(bottom[0].num, -1)[self.rows] - truth[self.rows]
        squares = (self.distance.astype(numpy.float64) ** 2).sum()
        top[0].data[...] = squares / max(1, len(self.rows)) / 2

    def backward(self, top, propagate_down, bottom):
        weight = top[0].diff.flat[0] / max(1, len(self.rows))
        for index, sign in enumerate((1, -1)):
            if propagate_down[index]:
                bottom[index].diff[...] = 0
                gradient = bottom[index].diff.reshape(bottom[index].num, -1)
                gradient[self.rows] = sign * weight * self.distance
