namespace Mtcnn.Training.Options;

/// <summary>Caffe's policies for decreasing the learning rate from its initial value.</summary>
public enum LearningRatePolicy
{
    /// <summary>The rate is constant.</summary>
    Fixed,

    /// <summary>The rate is multiplied by gamma after a fixed number of iterations.</summary>
    Step,

    /// <summary>The rate is multiplied by gamma at each of the listed iterations.</summary>
    MultiStep,

    /// <summary>The rate is base * (1 - iteration / iterations) ^ power.</summary>
    Polynomial,
}
