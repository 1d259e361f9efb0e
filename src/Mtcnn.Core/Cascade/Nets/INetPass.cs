namespace Mtcnn.Cascade.Nets;

/// <summary>What the steps of the cascade ask of a network. One caller at a time.</summary>
internal interface INetPass
{
    /// <summary>Where the next pass's input goes: <c>count x 3 x width x height</c>.</summary>
    Span<float> Input(int count, int width, int height);

    /// <summary>Runs the network.</summary>
    void Forward();

    /// <summary>The values of a blob that the network gives, until the next pass.</summary>
    ReadOnlySpan<float> Output(string blob);
}
