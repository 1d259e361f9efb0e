namespace Mtcnn.Training.Cascade;

/// <summary>The folder of a run: <c>models</c> with the weights for the detector, and one folder per net with its crops and its training.</summary>
internal sealed class CascadeFolder(string path)
{
    /// <summary>The path, as given.</summary>
    public string Path => path;

    /// <summary>The folder with the weights, for the detector.</summary>
    public string Models => System.IO.Path.Combine(path, "models");

    /// <summary>The folder for the report.</summary>
    public string Report => System.IO.Path.Combine(path, "report");

    /// <summary>The folder for the report with refined landmarks.</summary>
    public string RefinedReport => System.IO.Path.Combine(path, "report-refined");

    /// <summary>Gets the folder of a net's crops.</summary>
    public string Crops(string net) => System.IO.Path.Combine(path, net, "crops");

    /// <summary>Gets the folder of a net's training.</summary>
    public string Training(string net) => System.IO.Path.Combine(path, net, "training");

    /// <summary>Gets the folder of a net's fine-tuning.</summary>
    public string FineTuning(string net) => System.IO.Path.Combine(path, net, "fine-tuning");

    /// <summary>Gets the file of a net's final weights.</summary>
    public string Weights(string net) => System.IO.Path.Combine(Models, $"{net}.caffemodel");
}
