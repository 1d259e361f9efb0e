using CaffeSharp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Mtcnn.Detection;

namespace Mtcnn.Extensions;

/// <summary>Fills the options from a section of the configuration. A name that no option has is an error: a typing mistake must not pass for a default.</summary>
internal sealed class MtcnnOptionsBinding(IConfiguration section) : IConfigureOptions<MtcnnOptions>
{
    public void Configure(MtcnnOptions options)
    {
        ThrowUnlessNameOf<Engine>(nameof(MtcnnOptions.Engine));
        ThrowUnlessNameOf<FaceSelection>(nameof(MtcnnOptions.Selection));
        try
        {
            section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException failure)
        {
            throw Invalid(Explain(failure));
        }
    }

    // The binder's own message would not say which values there are.
    private void ThrowUnlessNameOf<T>(string option)
        where T : struct, Enum
    {
        if (section[option] is { } value && !Enum.TryParse(value, ignoreCase: true, out T _))
        {
            throw Invalid($"{PathOf(option)} is \"{value}\". It is one of {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }

    private string Explain(InvalidOperationException failure)
    {
        string[] known = [.. typeof(MtcnnOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
        string[] unknown = [.. section.GetChildren().Select(child => child.Key).Except(known, StringComparer.OrdinalIgnoreCase)];
        return unknown.Length > 0
            ? $"There is no option {string.Join(", ", unknown.Select(PathOf))}. The options are {string.Join(", ", known)}."
            : $"{failure.Message}{(failure.InnerException is { } cause ? $" {cause.Message}" : string.Empty)}";
    }

    private string PathOf(string option) => section is IConfigurationSection { Path: { Length: > 0 } path } ? $"{path}:{option}" : option;

    private static OptionsValidationException Invalid(string message) => new(Microsoft.Extensions.Options.Options.DefaultName, typeof(MtcnnOptions), [message]);
}
