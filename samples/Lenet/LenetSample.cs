using CaffeSharp.Messages;

namespace CaffeSharp.Samples;

/// <summary>An MNIST-like classifier from nothing: digits are rendered and written to two LMDB stores, LeNet is specified in
/// C#, and a solver trains it on the one store and tests it on the other, whose digits it never saw.</summary>
internal static class LenetSample
{
    private const int TrainingDigits = 6000;
    private const int TestDigits = 2000;
    private const int TrainingBatch = 64;
    private const int TestBatch = 100;

    /// <summary>Runs the sample in a temporary folder.</summary>
    /// <returns>Whether more than 97 % of the test digits were read rightly.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lenet-");
        try
        {
            float accuracy = Train(folder.FullName, output);
            output.WriteLine($"Of {TestDigits} digits that it never saw, {accuracy:P1} were read rightly.");
            return accuracy > 0.97f;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes the stores, trains, and gives the share of the test digits that were read rightly.</summary>
    internal static float Train(string folder, TextWriter output)
    {
        // 1. The data. Other seeds give other digits.
        string trainingStore = Path.Combine(folder, "train_lmdb");
        string testStore = Path.Combine(folder, "test_lmdb");
        WriteDigits(trainingStore, TrainingDigits, seed: 1);
        WriteDigits(testStore, TestDigits, seed: 2);
        output.WriteLine($"{TrainingDigits} digits to learn from and {TestDigits} to test with are in {folder}.");

        // 2. The solver, with one net for training and one for testing. They share their weights.
        SolverParameter parameter = new()
        {
            TrainNetParam = SpecifyNet(trainingStore, TrainingBatch),
            TestNetParam = { SpecifyNet(testStore, TestBatch) },
            TestIter = { TestDigits / TestBatch },
            TestInterval = 100,
            MaxIter = 400,
            BaseLr = 0.01f,
            LrPolicy = "inv",
            Gamma = 0.0001f,
            Power = 0.75f,
            Momentum = 0.9f,
            WeightDecay = 0.0005f,
            Display = 20,
            AverageLoss = 20,
            RandomSeed = 1,
            SnapshotAfterTrain = false,
        };

        // 3. The training. It tests before the first iteration, every 100, and after the last.
        TrainingReport report = new(output);
        using Solver solver = Solver.FromParameter(parameter);
        solver.Solve(report);
        return report.Accuracy;
    }

    /// <summary>Renders digits and writes them as Datums: 28 x 28 bytes and the digit as the label.</summary>
    private static void WriteDigits(string path, int count, int seed)
    {
        DigitRenderer renderer = new(seed);
        using DatumStore store = DatumStore.Create(path);
        for (int number = 0; number < count; number++)
        {
            // A data layer reads the records in the order of their keys, so the digits take turns.
            int digit = number % 10;
            byte[] pixels = renderer.Render(digit);
            store.Put($"{number:D8}", DatumArrays.FromBytes(
                pixels, channels: 1, height: DigitRenderer.Side, width: DigitRenderer.Side, label: digit));
        }
    }

    /// <summary>LeNet, as Caffe's own MNIST example has it, reading from a store.</summary>
    private static NetParameter SpecifyNet(string store, int batchSize)
    {
        FillerParameter xavier = new() { Type = "xavier" };
        NetSpec n = new();
        (n["data"], n["label"]) = L.Data(
            source: store, backend: P.Data.Lmdb, batchSize: (uint)batchSize,
            transformParam: new() { Scale = 1 / 255f }, ntop: 2);
        n["conv1"] = L.Convolution(n["data"], kernelSize: 5, numOutput: 20, weightFiller: xavier);
        n["pool1"] = L.Pooling(n["conv1"], kernelSize: 2, stride: 2, pool: P.Pooling.Max);
        n["conv2"] = L.Convolution(n["pool1"], kernelSize: 5, numOutput: 50, weightFiller: xavier);
        n["pool2"] = L.Pooling(n["conv2"], kernelSize: 2, stride: 2, pool: P.Pooling.Max);
        n["ip1"] = L.InnerProduct(n["pool2"], numOutput: 500, weightFiller: xavier);
        n["relu1"] = L.ReLU(n["ip1"], inPlace: true);
        n["ip2"] = L.InnerProduct(n["relu1"], numOutput: 10, weightFiller: xavier);
        n["loss"] = L.SoftmaxWithLoss([n["ip2"], n["label"]]);
        n["accuracy"] = L.Accuracy([n["ip2"], n["label"]]);
        return n.ToProto();
    }
}
