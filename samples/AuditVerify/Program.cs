await Console.Error.WriteLineAsync("AuditVerify has no commands yet.");
return 1;
