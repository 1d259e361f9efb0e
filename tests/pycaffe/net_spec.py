#!/usr/bin/env python3
"""Specifies nets with pycaffe's net_spec and prints them: a JSON object of name to prototxt text.

    net_spec.py
"""
import json

import oracle

caffe = oracle.import_pycaffe()
from caffe import layers as L  # noqa: E402
from caffe import params as P  # noqa: E402


def lenet():
    n = caffe.NetSpec()
    n.data, n.label = L.DummyData(
        shape=[dict(dim=[8, 1, 28, 28]), dict(dim=[8, 1, 1, 1])], transform_param=dict(scale=1.0 / 255), ntop=2
    )
    n.conv1 = L.Convolution(n.data, kernel_size=5, num_output=20, weight_filler=dict(type="xavier"))
    n.pool1 = L.Pooling(n.conv1, kernel_size=2, stride=2, pool=P.Pooling.MAX)
    n.conv2 = L.Convolution(n.pool1, kernel_size=5, num_output=50, weight_filler=dict(type="xavier"))
    n.pool2 = L.Pooling(n.conv2, kernel_size=2, stride=2, pool=P.Pooling.MAX)
    n.ip1 = L.InnerProduct(n.pool2, num_output=500, weight_filler=dict(type="xavier"))
    n.relu1 = L.ReLU(n.ip1, in_place=True)
    n.ip2 = L.InnerProduct(n.relu1, num_output=10, weight_filler=dict(type="xavier"))
    n.loss = L.SoftmaxWithLoss(n.ip2, n.label)
    return n.to_proto()


def nameless_lenet():
    data, label = L.DummyData(shape=[dict(dim=[8, 1, 28, 28]), dict(dim=[8, 1, 1, 1])], ntop=2)
    conv1 = L.Convolution(data, kernel_size=5, num_output=20, weight_filler=dict(type="xavier"))
    pool1 = L.Pooling(conv1, kernel_size=2, stride=2, pool=P.Pooling.MAX)
    conv2 = L.Convolution(pool1, kernel_size=5, num_output=50, weight_filler=dict(type="xavier"))
    pool2 = L.Pooling(conv2, kernel_size=2, stride=2, pool=P.Pooling.MAX)
    ip1 = L.InnerProduct(pool2, num_output=500, weight_filler=dict(type="xavier"))
    relu1 = L.ReLU(ip1, in_place=True)
    ip2 = L.InnerProduct(relu1, num_output=10, weight_filler=dict(type="xavier"))
    return caffe.to_proto(L.SoftmaxWithLoss(ip2, label))


def silent():
    n = caffe.NetSpec()
    n.data, n.data2 = L.DummyData(shape=dict(dim=3), ntop=2)
    n.silence_data = L.Silence(n.data, ntop=0)
    n.silence_data2 = L.Silence(n.data2, ntop=0)
    return n.to_proto()


def training():
    """Shared parameters, phases, several tops without names, a top that is read twice."""
    n = caffe.NetSpec()
    n.data = L.Input(shape=dict(dim=[2, 4, 6, 5]), include=dict(phase=caffe.TEST))
    left, right = L.Slice(n.data, axis=1, slice_point=[1], ntop=2)
    shared = [dict(name="w", lr_mult=1, decay_mult=1), dict(name="b", lr_mult=2, decay_mult=0)]
    n.a = L.Convolution(left, num_output=3, kernel_size=[3, 1], pad=[1, 0], bias_term=True, param=shared)
    n.b = L.Deconvolution(right, convolution_param=dict(num_output=3, kernel_size=3, pad=1, bias_term=False))
    n.sum = L.Eltwise(n.a, n.b, operation=P.Eltwise.SUM, coeff=[1, -1])
    n.out = L.Python(n.sum, n.a, module="rules", layer="Keep", param_str="{}", name="keeper", loss_weight=[0.5])
    n.exp = L.Exp(n.sum, base=2.5, scale=0.1)
    n.norm = L.LRN(n.exp, local_size=3, norm_region=P.LRN.WITHIN_CHANNEL)
    return n.to_proto()


def main():
    print(json.dumps({make.__name__: str(make()) for make in (lenet, nameless_lenet, silent, training)}))


if __name__ == "__main__":
    oracle.run(main)
