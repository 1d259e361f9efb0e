namespace Mtcnn.Training.Crops.Makers;

/// <summary>Cuts one kind of crops. Thread-safe; what it cuts from a picture depends on the picture, the options and the random numbers alone.</summary>
internal interface ICropMaker
{
    /// <summary>Cuts the crops of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="random">The picture's random numbers.</param>
    /// <param name="add">Takes them one by one.</param>
    void Make(MarkedPicture picture, SplitMix random, Action<Crop> add);
}
