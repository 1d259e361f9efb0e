namespace Mtcnn.Training.Cascade;

/// <summary>What moving the bias of a net's answer did, on crops that it did not learn from, at the detector's threshold.</summary>
/// <param name="Shift">What was added to the bias of "face".</param>
/// <param name="RecallBefore">The share of positives that passed.</param>
/// <param name="RecallAfter">The share of positives that pass now.</param>
/// <param name="OthersBefore">The share of negatives that passed.</param>
/// <param name="OthersAfter">The share of negatives that pass now.</param>
internal sealed record CalibratedAnswer(double Shift, double RecallBefore, double RecallAfter, double OthersBefore, double OthersAfter);
