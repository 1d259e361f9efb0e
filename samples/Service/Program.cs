using Mtcnn.Samples.Service;

return await ServiceApplication.RunAsync(args);
