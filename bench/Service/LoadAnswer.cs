namespace Mtcnn.ServiceLoad;

/// <summary>One answer of the service.</summary>
/// <param name="Status">Its status.</param>
/// <param name="SaysWhenToRetry">Whether it has the header Retry-After.</param>
/// <param name="Latency">How long it took.</param>
internal sealed record LoadAnswer(int Status, bool SaysWhenToRetry, TimeSpan Latency);
