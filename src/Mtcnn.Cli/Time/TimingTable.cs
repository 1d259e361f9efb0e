using System.Globalization;

using CaffeSharp;

using Mtcnn.Cli.Terminal;

using Spectre.Console;

namespace Mtcnn.Cli.Time;

/// <summary>Formats the times of a net as a table, with the whole passes in the last row.</summary>
internal static class TimingTable
{
    public static Table Create(NetTiming timing)
    {
        bool withBackward = timing.Backward is not null;
        Table table = Tables.Create(withBackward
                ? ["Layer", "Type", "Forward", "Share", "Backward", "Share"]
                : ["Layer", "Type", "Forward", "Share"])
            .WithNumbers(withBackward ? [2, 3, 4, 5] : [2, 3]);
        foreach (LayerTiming layer in timing.Layers)
        {
            table.AddPlainRow(
            [
                layer.Name, layer.Type, .. Cells(layer.Forward, timing.Forward), .. Cells(layer.Backward, timing.Backward),
            ]);
        }

        table.AddEmptyRow();
        table.AddPlainRow(
            ["Whole pass", "", Milliseconds(timing.Forward), "", .. timing.Backward is { } all ? [Milliseconds(all), ""] : Array.Empty<string>()]);
        table.AddPlainRow(["Iteration", "", Milliseconds(timing.Iteration), "", .. withBackward ? ["", ""] : Array.Empty<string>()]);
        table.AddPlainRow(["Total", "", Milliseconds(timing.Total), "", .. withBackward ? ["", ""] : Array.Empty<string>()]);
        return table;
    }

    private static string[] Cells(TimeSpan? time, TimeSpan? whole) => time is { } part && whole is { } all
        ? [Milliseconds(part), (all > TimeSpan.Zero ? part / all : 0).ToString("P1", Formats)]
        : [];

    private static NumberFormatInfo Formats { get; } = new() { PercentPositivePattern = 1 };

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture);
}
