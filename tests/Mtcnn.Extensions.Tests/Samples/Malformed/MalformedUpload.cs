namespace Mtcnn.Extensions.Tests.Samples.Malformed;

/// <summary>An upload that has no faces to give.</summary>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Request">The request, as it goes over the wire.</param>
internal sealed record MalformedUpload(string Fault, byte[] Request);
