await Console.Error.WriteLineAsync("DocumentWorker has no commands yet.");
return 1;
