namespace CaffeSharp;

/// <summary>What a net is made for; layers and prototxt rules (include, exclude) go by it.</summary>
public enum Phase
{
    /// <summary>Training: data layers, dropout and losses are active.</summary>
    Train = 0,

    /// <summary>Inference.</summary>
    Test = 1,
}
