namespace Mtcnn.Training.Options;

/// <summary>How the learning rate goes down from its base: Caffe's policies.</summary>
public enum LearningRatePolicy
{
    /// <summary>It stays.</summary>
    Fixed,

    /// <summary>By the factor gamma every so many iterations.</summary>
    Step,

    /// <summary>By the factor gamma at each of the iterations listed.</summary>
    MultiStep,

    /// <summary>base * (1 - iteration / iterations) ^ power.</summary>
    Polynomial,
}
