namespace Mtcnn.Training.Crops.Makers;

/// <summary>Cuts one kind of crops. Thread-safe; what it cuts from an image depends on the image, the options and the random numbers alone.</summary>
internal interface ICropMaker
{
    /// <summary>Cuts the crops of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="random">The image's random numbers.</param>
    /// <param name="add">Takes them one by one.</param>
    void Make(MarkedImage image, SplitMix random, Action<Crop> add);
}
