namespace Mtcnn.Training.Crops.Makers;

/// <summary>Cuts one kind of crops. Thread-safe. The crops of an image depend only on the image, the options and the random numbers.</summary>
internal interface ICropMaker
{
    /// <summary>Cuts the crops of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="random">The image's random numbers.</param>
    /// <param name="add">Receives the crops one by one.</param>
    void Make(MarkedImage image, SplitMix random, Action<Crop> add);
}
