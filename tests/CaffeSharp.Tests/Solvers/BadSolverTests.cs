using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Solvers;

/// <summary>Solvers and snapshots that cannot be.</summary>
public sealed class BadSolverTests : LeakGate
{
    private const string Plain = "base_lr: 0.05 momentum: 0.9 lr_policy: 'fixed'";

    [Theory]
    [InlineData("base_lr: 0.1 lr_policy: 'fixt'", "lr_policy 'fixt'")]
    [InlineData("base_lr: 0.1", "lr_policy ''")]
    [InlineData("base_lr: 0.1 lr_policy: 'step' gamma: 0.1", "stepsize")]
    [InlineData("lr_policy: 'fixed' iter_size: 0", "iter_size is 0")]
    [InlineData("lr_policy: 'fixed' average_loss: 0", "average_loss is 0")]
    [InlineData("lr_policy: 'fixed' display: -1", "display")]
    [InlineData("lr_policy: 'fixed' regularization_type: 'L3'", "regularization_type 'L3'")]
    [InlineData("lr_policy: 'fixed' test_iter: 1", "test_interval")]
    [InlineData("lr_policy: 'fixed' test_iter: 0 test_interval: 1", "test_iter is 0")]
    [InlineData("lr_policy: 'fixed' test_net: 'net.prototxt'", "test_iter is given 0 times for 1 test nets")]
    [InlineData("lr_policy: 'fixed' test_iter: 1 test_interval: 1 test_state { } test_state { }", "test_state is given 2 times")]
    [InlineData("lr_policy: 'fixed' train_net: 'net.prototxt'", "exactly one names the net")]
    [InlineData("lr_policy: 'fixed' solver_type: ADAM", "solver_type")]
    public void Number_out_of_its_range_names_file_and_field(string settings, string words)
    {
        using Training training = new(settings);
        CaffeException error = Assert.Throws<CaffeException>(() => Solver.FromFile(training.Solver));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(training.Solver, error.Message, StringComparison.Ordinal);
        Assert.Equal(training.Solver, error.Path);
    }

    [Fact]
    public void Type_that_does_not_exist_comes_with_the_nearest()
    {
        using Training training = new(Plain, "Adem");
        CaffeException error = Assert.Throws<CaffeException>(() => Solver.FromFile(training.Solver));
        Assert.Contains("unknown solver type 'Adem'; did you mean 'Adam'?", error.Message, StringComparison.Ordinal);
        using Training withMomentum = new(Plain, "AdaGrad");
        error = Assert.Throws<CaffeException>(() => Solver.FromFile(withMomentum.Solver));
        Assert.Contains("momentum cannot be used with AdaGrad", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_missing_or_is_not_a_solver_is_named()
    {
        using Training training = new(Plain);
        Assert.Equal(
            CaffeErrorKind.NotFound, Assert.Throws<CaffeException>(() => Solver.FromFile(training.File("none"))).Kind);
        CaffeException error = Assert.Throws<CaffeException>(() => Solver.FromFile(training.Net));
        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.Equal(1, error.Line);

        File.Delete(training.Net);
        error = Assert.Throws<CaffeException>(() => Solver.FromFile(training.Solver));
        Assert.Equal(CaffeErrorKind.NotFound, error.Kind);
        Assert.Equal(training.Net, error.Path);

        File.WriteAllText(training.Net, Training.Definition.Replace("\"conv\" top: \"pool\"", "\"cunv\" top: \"pool\"", StringComparison.Ordinal));
        error = Assert.Throws<CaffeException>(() => Solver.FromFile(training.Solver));
        Assert.Equal("pool", error.LayerName);
        Assert.Contains("did you mean 'conv'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none/model")]
    [InlineData("net.prototxt/model")]
    [InlineData("/sys/model")]
    public void Snapshots_that_cannot_be_written_are_refused_before_the_training(string prefix)
    {
        using Training every = new($"{Plain} snapshot: 5 snapshot_prefix: '{prefix}'");
        CaffeException error = Assert.Throws<CaffeException>(() => Solver.FromFile(every.Solver));
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.Contains(prefix, error.Message, StringComparison.Ordinal);

        using Training atEnd = new($"{Plain} snapshot_prefix: '{prefix}'");
        using Solver solver = Solver.FromText(
            atEnd.SolverText.Replace("snapshot_after_train: false", "", StringComparison.Ordinal), path: atEnd.Solver);
        error = Assert.Throws<CaffeException>(() => solver.Solve());
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.Equal(0, solver.Iteration);
        error = Assert.Throws<CaffeException>(() => solver.Snapshot());
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.Contains(prefix, error.Message, StringComparison.Ordinal);
        atEnd.Fed(solver).Step(1);
    }

    [Fact]
    public void Snapshot_onto_a_folder_leaves_nothing_behind()
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        Directory.CreateDirectory(training.File("solver_iter_0.caffemodel"));
        string[] before = Directory.GetFileSystemEntries(training.Folder);
        CaffeException error = Assert.Throws<CaffeException>(() => solver.Snapshot());
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(training.Folder).Order());
    }

    [Fact]
    public void Solver_of_a_text_without_a_prefix_says_that_it_requires_one()
    {
        using Training training = new(Plain);
        using Solver solver = Solver.FromText($"net: '{training.Net}' {Plain} max_iter: 3");
        Assert.Contains(
            "snapshot_prefix", Assert.Throws<CaffeException>(() => solver.Solve()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "snapshot_prefix", Assert.Throws<CaffeException>(() => solver.Snapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HDF5_solverstate_whose_members_are_nowhere_is_refused()
    {
        using Training training = new($"{Plain} snapshot_format: HDF5");
        using Solver solver = training.Start();
        solver.Step(3);
        IReadOnlyList<byte[]> damaged = Hdf5Damage.WithMembersNowhere(solver.Snapshot().StatePath);
        string state = training.File("damaged.solverstate.h5");

        // The root and "history".
        Assert.Equal(2, damaged.Count);
        Assert.All(damaged, bytes =>
        {
            File.WriteAllBytes(state, bytes);
            CaffeException error = Assert.Throws<CaffeException>(() => solver.Restore(state));
            Assert.Equal((CaffeErrorKind.Format, state), (error.Kind, error.Path));
        });
    }

    [Theory]
    [InlineData("BINARYPROTO", "")]
    [InlineData("HDF5", ".h5")]
    public void Solverstate_that_is_truncated_or_anothers_leaves_the_solver_as_it_was(string format, string ending)
    {
        using Training training = new($"{Plain} snapshot_format: {format}");
        using Solver solver = training.Start();
        solver.Step(3);
        SolverSnapshot snapshot = solver.Snapshot();
        solver.Step(2);
        float[] before = Training.Weights(solver.Net);
        byte[] state = File.ReadAllBytes(snapshot.StatePath);
        string truncated = training.File($"truncated.solverstate{ending}");
        foreach (int length in (int[])[0, 1, 2, 9, state.Length / 2, state.Length - 1])
        {
            File.WriteAllBytes(truncated, state[..length]);
            CaffeException error = Assert.Throws<CaffeException>(() => solver.Restore(truncated));
            Assert.Equal(CaffeErrorKind.Format, error.Kind);
            Assert.Contains(truncated, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(
            CaffeErrorKind.NotFound, Assert.Throws<CaffeException>(() => solver.Restore(training.File("none"))).Kind);
        Assert.Equal(
            CaffeErrorKind.Format, Assert.Throws<CaffeException>(() => solver.Restore(snapshot.WeightsPath)).Kind);
        using (Training other = new("base_lr: 0.1 lr_policy: 'fixed'", "Adam"))
        using (Solver adam = other.Start())
        {
            CaffeException error = Assert.Throws<CaffeException>(() => adam.Restore(snapshot.StatePath));
            Assert.Contains("holds 4 history blobs, the Adam solver requires 8", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(5, solver.Iteration);
        Assert.Equal(before, Training.Weights(solver.Net));

        // Moved together they still belong together; apart they do not.
        string moved = Directory.CreateDirectory(training.File("moved")).FullName;
        File.Move(snapshot.StatePath, Path.Combine(moved, Path.GetFileName(snapshot.StatePath)));
        string weights = Path.Combine(moved, Path.GetFileName(snapshot.WeightsPath));
        File.Move(snapshot.WeightsPath, weights);
        solver.Restore(Path.Combine(moved, Path.GetFileName(snapshot.StatePath)));
        Assert.Equal(3, solver.Iteration);
        File.Delete(weights);
        CaffeException missing = Assert.Throws<CaffeException>(
            () => solver.Restore(Path.Combine(moved, Path.GetFileName(snapshot.StatePath))));
        Assert.Equal(CaffeErrorKind.NotFound, missing.Kind);
        Assert.Contains(weights, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_to_start_from_are_seen_from_the_solvers_file()
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        solver.Step(4);
        solver.Net.Save(training.File("start.caffemodel"));
        using Training without = new(Plain + " weights: 'none.caffemodel'");
        Assert.Equal(CaffeErrorKind.NotFound, Assert.Throws<CaffeException>(() => Solver.FromFile(without.Solver)).Kind);
        using Solver tuned = Solver.FromText(training.SolverText + " weights: 'start.caffemodel'", path: training.Solver);
        Assert.Equal(Training.Weights(solver.Net), Training.Weights(tuned.Net));
    }
}
