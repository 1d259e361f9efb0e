using CaffeSharp.Interop;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Several threads.</summary>
[Collection(AloneCollection.Name)]
public sealed class ThreadTests : LeakGate
{
    [Fact]
    public void Two_nets_on_two_threads_give_the_same_bits_as_one_after_the_other()
    {
        int blasThreads = CaffeRuntime.BlasThreads;
        CaffeRuntime.BlasThreads = 1;
        try
        {
            float[][] inputs = [.. Enumerable.Range(0, 2).Select(index => Photo.Face(120 + (index * 40), 150))];
            float[][] alone = [.. inputs.Select((input, index) => Run(input, 120 + (index * 40), rounds: 1))];
            float[][] together = new float[2][];
            Thread[] threads = [.. Enumerable.Range(0, 2).Select(index => new Thread(
                () => together[index] = Run(inputs[index], 120 + (index * 40), rounds: 20)))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Equal(alone[0], together[0]);
            Assert.Equal(alone[1], together[1]);
        }
        finally
        {
            CaffeRuntime.BlasThreads = blasThreads;
        }

        static float[] Run(float[] input, int width, int rounds)
        {
            using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
            net.Inputs[0].Reshape(1, 3, width, 150);
            for (int round = 0; round < rounds; round++)
            {
                net.Inputs[0].CopyFrom(input);
                net.Forward();
            }

            return [.. net.Blobs["prob1"].ToArray(), .. net.Blobs["conv4-2"].ToArray()];
        }
    }

    [Fact]
    public void Net_that_another_thread_is_inside_is_busy()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Inputs[0].Reshape(1, 3, 600, 600);
        net.Reshape();
        using ManualResetEventSlim started = new();
        bool stop = false;
        Thread runner = new(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                try
                {
                    net.Forward();
                }
                catch (CaffeException error) when (error.Kind == CaffeErrorKind.Busy)
                {
                }

                started.Set();
            }
        });
        runner.Start();
        started.Wait();
        CaffeException? busy = null;
        for (int attempt = 0; attempt < 1000 && busy is null; attempt++)
        {
            try
            {
                net.ClearParameterDiffs();
                Thread.Sleep(1);
            }
            catch (CaffeException error)
            {
                busy = error;
            }
        }

        Volatile.Write(ref stop, true);
        runner.Join();
        Assert.NotNull(busy);
        Assert.Equal(CaffeErrorKind.Busy, busy.Kind);
        Assert.Contains("thread", busy.Message, StringComparison.Ordinal);
        net.Forward();
    }

    [Fact]
    public void Net_disposed_while_it_runs_is_freed_when_the_run_ends()
    {
        long before = CaffeRuntime.BlobMemory;
        for (int round = 0; round < 10; round++)
        {
            Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
            net.Inputs[0].Reshape(1, 3, 300, 300);
            using ManualResetEventSlim started = new();
            Thread runner = new(() =>
            {
                started.Set();
                try
                {
                    for (int run = 0; run < 100; run++)
                    {
                        net.Forward();
                    }
                }
                catch (ObjectDisposedException)
                {
                }
            });
            runner.Start();
            started.Wait();
            Thread.Sleep(round);
            net.Dispose();
            runner.Join();
            Assert.Throws<ObjectDisposedException>(() => net.Forward());
        }

        Assert.Equal(before, CaffeRuntime.BlobMemory);
    }

    [Fact]
    public void Net_keeps_its_own_mode_whatever_the_thread_has()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Inputs[0].CopyFrom(Photo.Face(12, 12));
        net.Forward();
        float[] expected = net.Blobs["prob1"].ToArray();
        float[]? onThread = null;
        Thread thread = new(() =>
        {
            RuntimeNative.caffe_runtime_set_random_seed(1).ThrowIfFailed();
            RuntimeNative.caffe_runtime_get_mode(out int mode).ThrowIfFailed();
            Assert.Equal((int)CaffeMode.Cpu, mode);
            net.Forward();
            onThread = net.Blobs["prob1"].ToArray();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(expected, onThread);
    }
}
