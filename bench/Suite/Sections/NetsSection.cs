using System.Diagnostics;
using CaffeSharp;
using Mtcnn.Suite.Reports;
using Mtcnn.Suite.Rivals;
using OpenCvSharp;

namespace Mtcnn.Suite.Sections;

/// <summary>One forward pass of each net, in every engine, on one thread and on two.</summary>
internal static class NetsSection
{
    private const string Avx2 = "Engine.Accelerated, AVX2";
    private const string Sse2 = "Engine.Accelerated, SSE2";
    private const string Limit = "multiply-add limit";

    // What the fastest rival, Caffe and the limit allow: the figures that the engine was made for.
    private static readonly Work[] s_works =
    [
        new("12net", [1, 3, 750, 1000], OfRival: 0.50, OfCaffe: 0.10, OfLimit: 1.4),
        new("24net", [512, 3, 24, 24], OfRival: 0.30, OfCaffe: 0.06, OfLimit: 1.25),
        new("48net", [32, 3, 48, 48], OfRival: 0.45, OfCaffe: 0.09, OfLimit: 1.25),
    ];

    private static readonly string[] s_ways =
        [RivalKind.Pycaffe, RivalKind.Caffe, RivalKind.CvDnn, RivalKind.Onnx, RivalKind.Accelerated, Avx2, Sse2, Limit];

    public static SectionResult Run(int rounds)
    {
        List<IReadOnlyList<string>> rows = [];
        List<Goal> goals = [];
        List<(Work Work, double[] Medians)> onTwo = [];
        foreach (int threads in new[] { 1, 2 })
        {
            foreach (Work work in s_works)
            {
                double[] medians = Measure(work, threads, rounds);
                rows.Add([$"{work.Net}, {string.Join(" x ", work.Shape)}", Figures.Whole(threads), .. medians.Select(Figures.Ms)]);
                if (threads == 2)
                {
                    onTwo.Add((work, medians));
                    AddGoals(goals, work, medians);
                }
            }
        }

        ChartSeries[] series = [.. s_ways.Select((way, index) => new ChartSeries(way, [.. onTwo.Select(net => net.Medians[index])]))];
        return new SectionResult(
            "The nets",
            "One forward pass. The limit is what the multiply-adds of the net's convolutions and inner products would take at a core's peak, measured in the same turns, divided by the threads; " +
            "the accelerated engine saves some of them.",
            [new ResultTable(["net", "threads", .. s_ways], rows)],
            [new ResultChart("performance-nets", "A forward pass, 2 threads", string.Empty, [.. s_works.Select(work => work.Net)], null, series)],
            goals);
    }

    private static double[] Measure(Work work, int threads, int rounds)
    {
        CaffeRuntime.BlasThreads = threads;
        Cv2.SetNumThreads(threads);
        using Net caffe = Open(work, new NetOptions());
        using Net fast = Open(work, new NetOptions { Engine = Engine.Accelerated, EngineThreads = threads });
        using Net avx2 = Open(work, new NetOptions { Engine = Engine.Accelerated, EngineThreads = threads, HighestInstructionSet = InstructionSet.Avx2 });
        using Net sse2 = Open(work, new NetOptions { Engine = Engine.Accelerated, EngineThreads = threads, HighestInstructionSet = InstructionSet.Baseline });
        using OnnxPass onnx = new(work.Net, threads);
        using CvDnnPass cvDnn = new(work.Net);
        using PycaffeDemo demo = new(threads);
        Fill(onnx, work);
        Fill(cvDnn, work);
        caffe.Forward();
        double multiplyAdds = MultiplyAdds(caffe);
        Func<double>[] ways =
        [
            () => Math.Min(demo.TimeNet(work.Net, work.Shape), demo.TimeNet(work.Net, work.Shape)),
            () => Time(() => caffe.Forward()),
            () => Time(cvDnn.Forward),
            () => Time(onnx.Forward),
            () => Time(() => fast.Forward()),
            () => Time(() => avx2.Forward()),
            () => Time(() => sse2.Forward()),
            () => multiplyAdds / (threads * MultiplyAddPeak.Measure()) / 1e6,
        ];
        return Turns.MediansOfWarm(rounds, ways);
    }

    private static void AddGoals(List<Goal> goals, Work work, double[] medians)
    {
        double fast = medians[4];
        string what = $"{work.Net}, 2 threads: Engine.Accelerated of ";
        goals.Add(new Goal($"{what}the faster of CvDnn and ONNX Runtime", work.OfRival, false, fast / Math.Min(medians[2], medians[3])));
        goals.Add(new Goal($"{what}pycaffe", work.OfCaffe, false, fast / medians[0]));
        goals.Add(new Goal($"{what}the multiply-add limit", work.OfLimit, false, fast / medians[7]));
    }

    private static Net Open(Work work, NetOptions options)
    {
        Net net = BenchmarkFolders.Load(work.Net, options);
        Blob data = net.Blobs["data"];
        data.Reshape(work.Shape);
        FillRandom(data.MutableData.Span);
        return net;
    }

    private static void Fill(IEnginePass pass, Work work) => FillRandom(pass.Input(work.Shape[0], work.Shape[2], work.Shape[3]));

    private static void FillRandom(Span<float> values)
    {
        Random random = new(1);
        foreach (ref float value in values)
        {
            value = (2 * random.NextSingle()) - 1;
        }
    }

    // The first pass warms the caches and wakes the threads, and lets those of the way before fall asleep.
    private static double Time(Action pass)
    {
        pass();
        long start = Stopwatch.GetTimestamp();
        pass();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // Taps times outputs.
    private static double MultiplyAdds(Net net) => net.Layers
        .Where(layer => layer.Type is "Convolution" or "InnerProduct")
        .Sum(layer => (double)layer.Parameters[0].Count / layer.Parameters[0].Shape[0] * layer.Tops[0].Count);

    private sealed record Work(string Net, int[] Shape, double OfRival, double OfCaffe, double OfLimit);
}
