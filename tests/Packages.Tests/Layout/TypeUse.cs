namespace Packages.Tests.Layout;

/// <summary>One type uses another of the same assembly.</summary>
/// <param name="FromNamespace">The namespace of the type that uses.</param>
/// <param name="ToNamespace">The namespace of the type that is used.</param>
/// <param name="From">The name of the type that uses.</param>
/// <param name="To">The name of the type that is used.</param>
internal sealed record TypeUse(string FromNamespace, string ToNamespace, string From, string To);
