await Console.Error.WriteLineAsync("UploadClient has no commands yet.");
return 1;
