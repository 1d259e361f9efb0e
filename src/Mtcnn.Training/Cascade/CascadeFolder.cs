namespace Mtcnn.Training.Cascade;

/// <summary>The folder of a run: <c>models</c> with the weights for the detector, and one folder a net with its crops and its training.</summary>
internal sealed class CascadeFolder(string path)
{
    /// <summary>As it was given.</summary>
    public string Path => path;

    /// <summary>The weights, as the detector takes them.</summary>
    public string Models => System.IO.Path.Combine(path, "models");

    /// <summary>Where the report goes.</summary>
    public string Report => System.IO.Path.Combine(path, "report");

    /// <summary>Where the report with refined landmarks goes.</summary>
    public string RefinedReport => System.IO.Path.Combine(path, "report-refined");

    /// <summary>A net's crops.</summary>
    public string Crops(string net) => System.IO.Path.Combine(path, net, "crops");

    /// <summary>A net's training.</summary>
    public string Training(string net) => System.IO.Path.Combine(path, net, "training");

    /// <summary>A net's training on from there.</summary>
    public string FineTuning(string net) => System.IO.Path.Combine(path, net, "fine-tuning");

    /// <summary>A net's finished weights.</summary>
    public string Weights(string net) => System.IO.Path.Combine(Models, $"{net}.caffemodel");
}
