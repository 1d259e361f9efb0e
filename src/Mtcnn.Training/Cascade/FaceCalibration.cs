using CaffeSharp;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Cascade;

/// <summary>
/// Adjusts the bias of a trained net's classifier, so that the given share of faces passes at the detector's fixed threshold. The share is measured on crops that were held out of
/// the training. The ranking of the crops does not change; the bias only trades missed faces against false positives.
/// </summary>
/// <param name="options">The options of the net's training.</param>
/// <param name="recall">The share of faces, above 0 and below 1.</param>
internal sealed class FaceCalibration(NetTrainingOptions options, double recall)
{
    private const int BatchSize = 256;

    // Probabilities closer to 0 or 1 are clamped, because their logarithms are not meaningful.
    private const double Closest = 1e-7;

    private readonly TrainableNet _net = TrainableNet.Of(options.Net);

    /// <summary>The share of faces that must pass.</summary>
    public double Recall => recall;

    /// <summary>Writes the weights with the adjusted bias.</summary>
    /// <param name="trained">The file of the trained weights.</param>
    /// <param name="weights">The file to write.</param>
    /// <param name="stop">Cancels the calibration.</param>
    /// <exception cref="RunException">The held-out crops contain no face.</exception>
    public CalibratedAnswer Run(string trained, string weights, CancellationToken stop)
    {
        using Net net = Net.FromText(
            _net.Deploy.Prototxt, new NetOptions { Engine = options.Engine, EngineThreads = options.Threads }, _net.Deploy.FileName);
        net.CopyFrom(trained);
        double[] faces = Logits(net, CropKind.Positive, stop);
        double[] others = Logits(net, CropKind.Negative, stop);
        if (faces.Length == 0)
        {
            throw new RunException($"{string.Join(", ", options.Crops)}: the held-out crops contain no positive, so recall cannot be calibrated. Increase the held-out share.");
        }

        double threshold = Logit(_net.Threshold);
        double shift = threshold - faces[Math.Min(faces.Length - 1, (int)((1 - recall) * faces.Length))];
        string layer = net.Layers["prob1"].Bottoms[0].Name;
        net.Parameters[layer][1].MutableData.Span[1] += (float)shift;
        net.Save(weights);
        return new CalibratedAnswer(
            shift, ShareAbove(faces, threshold), ShareAbove(faces, threshold - shift), ShareAbove(others, threshold), ShareAbove(others, threshold - shift));
    }

    /// <summary>Returns the net's outputs for the held-out crops of a kind, as log-odds, in ascending order.</summary>
    private double[] Logits(Net net, CropKind kind, CancellationToken stop)
    {
        using PreparedStores stores = new(options.Crops, options.Net);
        List<double> logits = [];
        TrainingBatch batch = new(BatchSize, options.Side);
        CropWriter writer = new(CropAugmentation.None, options.Side);
        net.Inputs["data"].Reshape(BatchSize, 3, options.Side, options.Side);
        net.Reshape();
        foreach (Crop[] crops in stores.HeldOut(options.HeldOut).Classification.SelectMany(range => range.Read()).Where(crop => crop.Kind == kind).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            for (int row = 0; row < crops.Length; row++)
            {
                writer.Write(crops[row], withTargets: false, batch, row, default);
            }

            batch.Data.CopyTo(net.Inputs["data"].MutableData);
            net.Forward(stop);
            ReadOnlySpan<float> answers = net.Blobs["prob1"].Data;
            for (int row = 0; row < crops.Length; row++)
            {
                logits.Add(Logit(answers[(2 * row) + 1]));
            }
        }

        logits.Sort();
        return [.. logits];
    }

    private static double Logit(double probability)
    {
        double inside = Math.Clamp(probability, Closest, 1 - Closest);
        return Math.Log(inside / (1 - inside));
    }

    private static double ShareAbove(double[] rising, double threshold) =>
        rising.Length == 0 ? 0 : rising.Count(value => value >= threshold) / (double)rising.Length;
}
