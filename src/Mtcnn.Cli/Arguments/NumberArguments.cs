using System.CommandLine.Parsing;
using System.Globalization;

namespace Mtcnn.Cli.Arguments;

/// <summary>Parsers for numbers. Their error messages give the expected range. The decimal separator is a point in every locale.</summary>
internal static class NumberArguments
{
    /// <summary>Parses a number above 0, at least <paramref name="minimum"/> and at most <paramref name="maximum"/>.</summary>
    /// <param name="minimum">The smallest that is accepted.</param>
    /// <param name="maximum">The largest that is accepted.</param>
    public static Func<ArgumentResult, double?> Number(double minimum = 0, double maximum = double.PositiveInfinity)
    {
        string from = minimum > 0 ? string.Create(CultureInfo.InvariantCulture, $"of at least {minimum}") : "above 0";
        string to = double.IsFinite(maximum) ? string.Create(CultureInfo.InvariantCulture, $" and at most {maximum}") : string.Empty;
        return result =>
        {
            string text = result.Tokens[0].Value;
            if (TryParse(text, out double number) && number > 0 && number >= minimum && number <= maximum)
            {
                return number;
            }

            result.AddError($"{NameOf(result)} must be a number {from}{to} (got \"{text}\").");
            return null;
        };
    }

    /// <summary>Parses a whole number of at least <paramref name="minimum"/> and at most <paramref name="maximum"/>.</summary>
    /// <param name="minimum">The smallest that is accepted.</param>
    /// <param name="maximum">The largest that is accepted.</param>
    public static Func<ArgumentResult, int?> Whole(int minimum, int maximum = int.MaxValue) => result =>
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        string range = maximum == int.MaxValue ? $"of at least {minimum}" : $"from {minimum} to {maximum}";
        result.AddError($"{NameOf(result)} must be a whole number {range} (got \"{text}\").");
        return null;
    };

    /// <summary>Returns the name of the option that a value belongs to, for messages.</summary>
    public static string NameOf(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
