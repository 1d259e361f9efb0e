using Mtcnn.Cascade.Nets;

namespace Mtcnn.Suite.Rivals;

/// <summary>A network in some engine.</summary>
internal interface IEnginePass : INetPass, IDisposable;
