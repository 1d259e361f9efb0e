using System.Globalization;

using Mtcnn.Cli.Terminal;

using Spectre.Console;

namespace Mtcnn.Cli.Inspect;

/// <summary>Formats layers as a table, with totals in the last row.</summary>
internal static class LayerTable
{
    public static Table Create(IReadOnlyList<LayerSummary> layers, bool withOutputs)
    {
        string[] titles = withOutputs
            ? ["Layer", "Type", "Reads", "Writes", "Output", "Parameters", "Values", "Multiply-adds"]
            : ["Layer", "Type", "Reads", "Writes", "Parameters", "Values"];
        Table table = Tables.Create(titles).WithNumbers(withOutputs ? [6, 7] : [5]);
        foreach (LayerSummary layer in layers)
        {
            Add(
                table,
                withOutputs,
                [layer.Name, layer.Type, Names(layer.Bottoms), Names(layer.Tops)],
                Shapes(layer.TopShapes),
                Shapes(layer.ParameterShapes),
                layer.ParameterCount,
                layer.MultiplyAdds);
        }

        table.AddEmptyRow();
        Add(
            table,
            withOutputs,
            ["Sum", Count(layers.Count, "layer"), "", ""],
            "",
            "",
            layers.Sum(layer => layer.ParameterCount),
            layers.Sum(layer => layer.MultiplyAdds));
        return table;
    }

    private static void Add(
        Table table, bool withOutputs, string[] names, string outputs, string parameters, long values, long? multiplyAdds) =>
        table.AddPlainRow(withOutputs
            ? [.. names, outputs, parameters, Number(values), Number(multiplyAdds)]
            : [.. names, parameters, Number(values)]);

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names);

    private static string Shapes(IReadOnlyList<IReadOnlyList<long>> shapes) =>
        string.Join(", ", shapes.Select(shape => shape.Count == 0 ? "scalar" : string.Join(" x ", shape)));

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Number(long? number) => number is null or 0 ? "" : number.Value.ToString("N0", CultureInfo.InvariantCulture);
}
