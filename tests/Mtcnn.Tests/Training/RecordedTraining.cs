using System.Globalization;
using CaffeSharp;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;

namespace Mtcnn.Tests.Training;

/// <summary>A training whose batches are written to files, so that pycaffe (tests/pycaffe/train.py) can repeat it.</summary>
internal static class RecordedTraining
{
    private const float Middle = 127.5f;
    private const float Range = 128;

    /// <summary>Writes the solver, the seeds and the batches of a training without augmentation of colours.</summary>
    internal static void Write(string folder, NetTrainingOptions options)
    {
        Directory.CreateDirectory(folder);
        CaffeSharp.Prototxt.WriteFile(Path.Combine(folder, "solver.prototxt"), TrainingSolver.Define(options));
        File.WriteAllLines(
            Path.Combine(folder, "seeds.txt"),
            Enumerable.Range(0, options.Iterations).Select(iteration => TrainingSolver.DropoutSeed(options, iteration).ToString(CultureInfo.InvariantCulture)));
        List<float> labels = [], offsets = [], points = [];
        using PreparedStores stores = new(options.Crops, options.Net);
        using PreparedBatches batches = new(stores.ToTrain(options.HeldOut), options);
        using (FileStream pixels = File.Create(Path.Combine(folder, "data.u8")))
        {
            TrainingBatch batch = new(options.BatchSize, options.Side);
            for (int iteration = 0; iteration < options.Iterations; iteration++)
            {
                batches.Fill(batch, iteration);
                byte[] bytes = new byte[batch.Data.Length];
                for (int at = 0; at < bytes.Length; at++)
                {
                    bytes[at] = (byte)((batch.Data[at] * Range) + Middle);
                }

                pixels.Write(bytes);
                labels.AddRange(batch.Labels);
                offsets.AddRange(batch.Offsets);
                points.AddRange(batch.Points);
            }
        }

        Npy.Write(Path.Combine(folder, "label.npy"), labels.ToArray(), [options.Iterations, options.BatchSize, 1]);
        Npy.Write(Path.Combine(folder, "offsets.npy"), offsets.ToArray(), [options.Iterations, options.BatchSize, TrainingBatch.OffsetCount]);
        Npy.Write(Path.Combine(folder, "points.npy"), points.ToArray(), [options.Iterations, options.BatchSize, TrainingBatch.PointCount]);
    }
}
