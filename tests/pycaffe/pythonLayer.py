"""The layers of the reference's training nets, as its prototxts name them (module pythonLayer), for the oracle.

Data_Layer_train hands out one batch, from data.npy, label.npy, roi.npy and pts.npy in the folder that the environment
variable CAFFESHARP_TRAINING_BATCH names. pycaffe's lists of blobs give them by index alone; walking through them fails.
"""
import os

import caffe
import numpy


class Data_Layer_train(caffe.Layer):
    def setup(self, bottom, top):
        folder = os.environ["CAFFESHARP_TRAINING_BATCH"]
        self.arrays = [numpy.load(os.path.join(folder, name + ".npy")) for name in ("data", "label", "roi", "pts")]

    def reshape(self, bottom, top):
        for index, array in enumerate(self.arrays):
            top[index].reshape(*array.shape)

    def forward(self, bottom, top):
        for index, array in enumerate(self.arrays):
            top[index].data[...] = array

    def backward(self, top, propagate_down, bottom):
        pass


class cls_Layer_fc(caffe.Layer):
    """Rows with a label first, zeros after them; gradients to those rows alone."""

    def setup(self, bottom, top):
        pass

    def prediction_shape(self, bottom):
        return bottom[0].data.shape

    def reshape(self, bottom, top):
        top[0].reshape(*self.prediction_shape(bottom))
        top[1].reshape(*bottom[1].data.shape)

    def forward(self, bottom, top):
        rows = numpy.flatnonzero(bottom[1].data != -1)
        for index in range(2):
            kept = top[index].data
            kept[...] = 0
            kept[: len(rows)] = bottom[index].data[rows].reshape((len(rows),) + kept.shape[1:])

    def backward(self, top, propagate_down, bottom):
        if propagate_down[0]:
            rows = numpy.flatnonzero(bottom[1].data != -1)
            bottom[0].diff[...] = 0
            bottom[0].diff[rows] = top[0].diff[: len(rows)].reshape((len(rows),) + bottom[0].diff.shape[1:])


class cls_Layer(cls_Layer_fc):
    def prediction_shape(self, bottom):
        return bottom[0].data.shape[:2]


class regression_Layer(caffe.Layer):
    """sum((prediction - truth)^2) / N / 2 where any row's first target is not -1, else 0 without gradient."""

    def setup(self, bottom, top):
        pass

    def reshape(self, bottom, top):
        top[0].reshape(1)

    def distance(self, bottom):
        predictions = bottom[0].data.reshape(bottom[0].num, -1)
        truth = bottom[1].data.reshape(bottom[1].num, -1)
        return predictions - truth if (truth[:, 0] != -1).any() else numpy.zeros_like(predictions)

    def forward(self, bottom, top):
        top[0].data[...] = (self.distance(bottom).astype(numpy.float64) ** 2).sum() / bottom[0].num / 2

    def backward(self, top, propagate_down, bottom):
        gradient = self.distance(bottom) * (top[0].diff.flat[0] / bottom[0].num)
        for index, sign in enumerate((1, -1)):
            if propagate_down[index]:
                bottom[index].diff[...] = sign * gradient.reshape(bottom[index].diff.shape)
