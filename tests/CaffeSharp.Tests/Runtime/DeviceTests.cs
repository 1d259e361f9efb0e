namespace CaffeSharp.Tests.Runtime;

/// <summary>Names of devices.</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", false, 0, "cpu")]
    [InlineData("CPU", false, 0, "cpu")]
    [InlineData("gpu", true, 0, "gpu:0")]
    [InlineData("gpu:0", true, 0, "gpu:0")]
    [InlineData("GPU:12", true, 12, "gpu:12")]
    public void Name_is_read_and_written(string text, bool isGpu, int index, string written)
    {
        Device device = Device.Parse(text);
        Assert.Equal((isGpu, index, written), (device.IsGpu, device.Index, device.ToString()));
        Assert.Equal(device, Device.Parse(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cuda")]
    [InlineData("gpu:")]
    [InlineData("gpu:-1")]
    [InlineData("gpu:1.5")]
    [InlineData("gpu: 1")]
    [InlineData("gpu:99999999999")]
    [InlineData("gpu:1024")]
    [InlineData(" cpu")]
    public void Other_names_are_refused(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => Device.Parse(text));
        Assert.StartsWith($"'{text}' is not a device. Devices are cpu, gpu and gpu:N", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_is_the_cpu_and_devices_are_values()
    {
        Assert.Equal(Device.Cpu, default);
        Assert.Equal(Device.Gpu(), Device.Gpu(0));
        Assert.NotEqual(Device.Gpu(0), Device.Gpu(1));
        Assert.NotEqual(Device.Cpu, Device.Gpu(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Device.Gpu(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Device.Gpu(1024));
    }
}
