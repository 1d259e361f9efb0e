using System.Diagnostics.CodeAnalysis;

namespace CaffeSharp;

/// <summary>On its way to the net's definition, which adds file, line and layer, it becomes a CaffeException.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It is thrown in one place, and never leaves the assembly.")]
[SuppressMessage("Design", "CA1064", Justification = "As above.")]
internal sealed class UnregisteredLayerException(string message) : Exception(message);
